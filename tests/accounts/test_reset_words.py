"""Resetting a password promises nothing about whose address it is, in one word for e-mail."""

import pytest

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"


@pytest.fixture
def client(client):
    client.cookies["django_language"] = "vi"
    return client


def test_the_answer_does_not_say_that_the_address_is_known(client):
    page = client.post(RESET, {"email": "nobody@tamduong.example"}, follow=True).content.decode()
    assert "Nếu địa chỉ bạn vừa nhập thuộc một tài khoản" in page
    assert "Thư đã được gửi" not in page


def test_one_word_for_e_mail(client):
    for page in (client.get(RESET), client.post(RESET, {"email": "khong-phai"})):
        text = page.content.decode()
        assert "hư điện tử" in text
        assert "địa chỉ email" not in text
