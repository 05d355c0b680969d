"""Identity and mobile numbers in the prose; the numbers are invented."""

from __future__ import annotations

import pytest

from parser.prose.personal import personal_data

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity(start: str) -> str:
    """Return the 17 digits with their check character."""
    return start + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, start, strict=True)) % 11]


ZHANG = identity("13010119800101123")


def test_an_identity_number_is_found_and_masked() -> None:
    text = f"前文。申请人张某，身份证号{ZHANG}，已答复。后文。"
    (found,) = personal_data(text)
    assert text[found.place.start : found.place.end] == ZHANG
    assert text[found.sentence.start : found.sentence.end].startswith("申请人张某")
    assert ZHANG[6:14] not in found.masked


@pytest.mark.parametrize("gap", [" ", "-"])
def test_an_identity_number_in_groups_is_found(gap: str) -> None:
    (found,) = personal_data(f"身份证号{ZHANG[:6]}{gap}{ZHANG[6:14]}{gap}{ZHANG[14:]}。")
    assert ZHANG[6:14] not in found.masked


@pytest.mark.parametrize(
    "text",
    [
        ZHANG[:-1] + ("0" if ZHANG[-1] != "0" else "1"),  # wrong check character
        identity("13010119801301123"),  # no such month
        identity("99010119800101123"),  # no such province
        f"统一社会信用代码{ZHANG}AB",
        f"https://qinghe.example/art_{ZHANG}.html",
        "13010119800101****",
    ],
)
def test_what_is_no_identity_number_is_left_alone(text: str) -> None:
    assert personal_data(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "申请人李某（13812345678）对答复不服。",
        "申请人王某13812345678来电反映。",
        "王建国，138-1234-5678，反映道路问题。",
        "当事人电话：13812345678。",
    ],
)
def test_the_mobile_number_of_a_person_is_found(text: str) -> None:
    (found,) = personal_data(text)
    assert found.kind == "手机号码"
    assert "1234" not in found.masked.replace("-", "")[3:7]


@pytest.mark.parametrize(
    "text",
    [
        "如对本报告有疑问，请与清河市水务局联系（电话：13812345678）。",
        "联系人：王科长，手机13812345678。",
        "监督举报电话13812345678，欢迎群众来电。",
        "申请人可拨打13812345678咨询办理进度。",
        "电话：0319-8123456，邮编：054800。",
        "浏览量138123456789次。",
        "http://qinghe.example/13812345678/index.html",
    ],
)
def test_the_contact_of_an_office_is_left_alone(text: str) -> None:
    assert personal_data(text) == ()
