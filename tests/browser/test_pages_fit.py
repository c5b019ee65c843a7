"""No page of any role is wider than a phone, in either quarter of the demonstration."""

import pytest

from tests.browser.walking import enter_as, pages_of

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo")]
ROLES = {
    "xa.ban-bo": 12,
    "phong.tai-nguyen": 15,
    "phong.nong-nghiep": 25,
    "lanhdao": 15,
    "quantri": 20,
}
#: What sticks out of the window to the right, unless something around it scrolls or hides it.
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.body.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > wide + 1)
    .map(e => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className}: `
      + `${Math.round(e.getBoundingClientRect().right)} px: ${e.textContent.trim().slice(0, 60)}`)
    .slice(-5);
}"""


@pytest.mark.parametrize("username", ROLES)
def test_no_page_runs_out_of_a_phone(new_page, live, username):
    page = new_page({"width": 390, "height": 844}, has_touch=True)
    enter_as(page, live, username)
    found, walked = [], set()
    for address, kind in pages_of(page, live):
        walked.add(kind)
        for width in (390, 360):
            page.set_viewport_size({"width": width, "height": 844})
            out = page.evaluate(STICKING_OUT)
            if out:
                found.append((address.removeprefix(live), width, out))
    assert not found
    assert len(walked) >= ROLES[username], sorted(walked)
