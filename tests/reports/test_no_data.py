"""Met, not met, no data yet: three things in every table and sentence."""

from dataclasses import replace

from django.template.loader import render_to_string

from reports import narrative, narrative_results, paper_annexes, paper_context, text_tables
from reports.paper_charts import paper_charts
from tests.reports.odd_snapshots import with_a_silent
from tests.reports.small_papers import said
from tests.reports.snapshots import six_months


def with_a_silent_commune():
    """The first commune has entered nothing; the counts of an old issue call that not met."""
    whole = six_months()
    first, *rest = whole.communes
    cells = tuple(replace(one, verdict="missing", change="", met=0) for one in first.cells)
    silent = replace(first, cells=cells, met=0, won=(), lost=())
    name = first.short_name
    criteria = []
    for one, cell in zip(whole.criteria, first.cells, strict=True):
        met = one.met - (cell.verdict == "met")
        criteria.append(
            replace(
                one,
                met=met,
                not_met=12 - met,
                not_met_communes=tuple(c for c in one.not_met_communes if c != name),
                missing_communes=(name,),
            )
        )
    return replace(
        whole,
        communes=(silent, *rest),
        criteria=tuple(criteria),
        distribution=with_a_silent(whole, name),
    ), silent


def test_the_table_of_criteria_counts_three_things():
    snapshot, silent = with_a_silent_commune()
    for row, one in zip(paper_context.criteria(snapshot).rows, snapshot.criteria, strict=True):
        assert row[2:5] == (str(one.met), str(len(one.not_met_communes)), "1")
        assert one.met + one.failing + one.without_data == 12
    page = render_to_string("reports/tables/criteria.html", {"snapshot": snapshot})
    assert '<th scope="col" class="num">Chưa có số liệu</th>' in page
    assert f"chưa có số liệu: {silent.short_name}" in page


def test_a_commune_that_entered_nothing_has_no_number_of_criteria():
    snapshot, silent = with_a_silent_commune()
    row = paper_context.communes(snapshot).rows[0]
    assert row[3:5] == ("chưa có số liệu", "")
    assert row[5].startswith("chưa có số liệu: 1, 2")
    assert paper_annexes.matrix(snapshot).rows[0].met is None
    lines = said(narrative_results.by_commune, snapshot)[0]
    assert any(line.startswith(f"- {silent.short_name}: chưa có số liệu") for line in lines)
    assert not any("00/19" in line for line in lines)
    told = said(narrative.distribution, snapshot)[0]
    assert f"01 xã chưa có số liệu ({silent.short_name})" in told
    assert told.count(silent.short_name) == 1


def test_a_target_without_data_is_told_so():
    whole = six_months()
    first = whole.communes[0]
    everything = tuple(range(1, 20))
    target = replace(whole.targets[0], unit=first.name, met=0, unmet=(), missing=everything)
    snapshot = replace(whole, targets=(target,))
    row = paper_annexes.targets(snapshot).rows[0]
    assert row[4] == "chưa có số liệu"
    sentence = said(narrative_results.targets, snapshot)[0][0]
    assert sentence.endswith("; chưa có số liệu đánh giá.")
    assert "hiện đạt" not in sentence


def test_what_nobody_entered_is_not_called_unmet_by_all():
    whole = six_months()
    names = tuple(one.short_name for one in whole.communes)
    first, *rest = whole.criteria
    blank = replace(first, met=0, not_met=12, not_met_communes=(), missing_communes=names)
    snapshot = replace(whole, criteria=(blank, *rest))
    text = "\n".join(said(narrative_results.by_criterion, snapshot)[0])
    assert "Chưa có số liệu để đánh giá tiêu chí số 1." in text
    assert f"Tiêu chí số 1 ({first.name}) chưa có xã nào đạt" not in text
    assert all(one.number != 1 for one in snapshot.met_by_nobody)


def test_the_page_says_of_each_unmet_indicator_what_was_found():
    whole = six_months()
    rows = [one for one in whole.indicators if one.counted == "not_met"]
    others = [one for one in whole.indicators if one.counted != "not_met"]
    found = replace(rows[0], declared="met", verified="not_met")
    alone = replace(rows[1], declared="not_met", verified="")
    snapshot = replace(whole, indicators=(found, alone, *others))
    page = render_to_string("reports/tables/annexes.html", {"snapshot": snapshot})
    assert '<th scope="col">Kết luận thẩm định</th>' in page
    assert "<td>chưa đạt (xã tự đánh giá: đạt)</td>" in page
    assert "<td>chưa thẩm định</td>" in page
    assert [row[7] for row in paper_annexes.unmet(snapshot).rows] == [
        "chưa đạt (xã tự đánh giá: đạt)",
        "chưa thẩm định",
    ]


def test_the_chart_of_a_commune_without_figures_says_what_the_table_says():
    snapshot, silent = with_a_silent_commune()
    chart = paper_charts(snapshot)[2]
    assert chart.rows[0] == (silent.short_name, "chưa có số liệu")
    assert chart.marks[0][1] is None
    assert chart.rows[-1][1] == str(snapshot.headline.average).replace(".", ",")


def test_a_criterion_that_nobody_entered_has_no_bar():
    whole = six_months()
    names = tuple(one.short_name for one in whole.communes)
    blank = replace(whole.criteria[0], met=0, not_met_communes=(), missing_communes=names)
    exempt = replace(whole.criteria[1], met=0, not_met_communes=(), missing_communes=())
    snapshot = replace(whole, criteria=(blank, exempt, *whole.criteria[2:]))
    rows = paper_charts(snapshot)[1].rows
    assert [row[1] for row in rows[:2]] == ["chưa có số liệu", "không áp dụng"]


def test_an_open_quarter_is_marked_in_the_chart_and_in_its_table():
    whole = six_months()
    last = replace(whole.trend[-1], provisional=True)
    snapshot = replace(whole, trend=(*whole.trend[:-1], last))
    chart = paper_charts(snapshot)[0]
    assert chart.rows[-1][0] == f"{last.label} (tạm tính)"
    assert [mark[5] for mark in chart.marks][-2:] == [False, True]
    assert text_tables.trend(snapshot).rows[-1][-1] == "tạm tính"
    empty = replace(last, criteria_met=0)
    chart = paper_charts(replace(whole, trend=(*whole.trend[:-1], empty)))[0]
    assert chart.marks[-1][1] is None, "a quarter just opened is no fall to nought"


def test_on_a_phone_each_figure_has_the_head_of_its_column_beside_it():
    for name in ("statutory", "criteria"):
        page = render_to_string(f"reports/tables/{name}.html", {"snapshot": six_months()})
        assert "paper-stacked" in page
        assert page.count("<td") == page.count('data-head="') > 0


def test_a_criterion_that_only_lacks_figures_is_not_headed_as_not_met():
    snapshot, _silent = with_a_silent_commune()
    text = "\n".join(said(narrative_results.by_criterion, snapshot)[0])
    assert "Các tiêu chí còn có xã chưa đạt hoặc chưa có số liệu:" in text
    only = [one for one in snapshot.criteria if one.met and not one.failing]
    text = "\n".join(
        said(narrative_results.by_criterion, replace(snapshot, criteria=tuple(only)))[0]
    )
    assert "Các tiêu chí còn có xã chưa có số liệu:" in text
    assert "chưa đạt" not in text.split("So với")[0]
    whole = "\n".join(said(narrative_results.by_criterion, six_months())[0])
    assert "Các tiêu chí còn có xã chưa đạt:" in whole


def test_the_average_says_how_many_communes_have_entered_nothing():
    snapshot, _silent = with_a_silent_commune()
    sentence = said(narrative.headline_sentence, snapshot)[0]
    assert "tiêu chí/xã (tính cho cả 12 xã, trong đó 01 xã chưa có số liệu)" in sentence
    assert "tính cho cả" not in said(narrative.headline_sentence, six_months())[0]
