"""The demonstration's comments: by people who may see the row, after what they answer to."""

import pytest

from assessments.models import Comment, IndicatorResult

pytestmark = pytest.mark.usefixtures("demo")


def test_everybody_writes_where_they_may_look():
    comments = list(Comment.objects.select_related("by"))
    assert len(comments) == 6
    for comment in comments:
        assert IndicatorResult.objects.visible_to(comment.by).filter(pk=comment.result_id).exists()


def test_who_speaks_of_a_return_speaks_after_it():
    for comment in Comment.objects.filter(result__review="returned").select_related("result"):
        assert comment.at > comment.result.reviewed_at


def test_the_commune_and_the_agency_talk_with_each_other():
    for result in IndicatorResult.objects.filter(comments__isnull=False).distinct():
        assert len({comment.by_id for comment in result.comments.all()}) == 2
