"""What the name of an office tells about its level."""

from __future__ import annotations

import pytest

from parser.rules.issuer import Level, level


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("河北省人民政府", Level.RULE_MAKER),
        ("河北省人民政府办公厅", Level.RULE_MAKER),
        ("内蒙古自治区人民政府", Level.RULE_MAKER),
        ("上海市人民政府", Level.RULE_MAKER),
        ("北京市政府", Level.RULE_MAKER),
        ("恩施土家族苗族自治州人民政府", Level.RULE_MAKER),
        ("国家税务总局", Level.RULE_MAKER),
        ("国家市场监督管理总局", Level.RULE_MAKER),
        ("中华人民共和国财政部", Level.RULE_MAKER),
        ("清河市人民政府", Level.UNKNOWN),
        ("清河市人民政府办公室", Level.UNKNOWN),
        ("新乡市人民政府", Level.UNKNOWN),
        ("景德镇市人民政府", Level.UNKNOWN),
        ("财政部", Level.UNKNOWN),
        ("清河高新技术产业开发区管委会", Level.UNKNOWN),
        ("", Level.UNKNOWN),
        (None, Level.UNKNOWN),
        ("清河县人民政府", Level.BELOW),
        ("清河县人民政府办公室", Level.BELOW),
        ("白音塔拉旗人民政府", Level.BELOW),
        ("云溪市河东区人民政府", Level.BELOW),
        ("清河市农业农村局", Level.BELOW),
        ("河北省司法厅", Level.BELOW),
        ("东岭县卫健委", Level.BELOW),
        ("国家税务总局清河县税务局", Level.BELOW),
        ("云溪市河东区重大项目服务保障中心", Level.BELOW),
        ("东岭县青石塘镇人民政府", Level.TOWN),
        ("清河市东岭县柳林镇", Level.TOWN),
        ("云溪市河东区长桥街道办事处", Level.TOWN),
        ("清河县 城关乡人民政府", Level.TOWN),
        ("白音塔拉旗青格乐苏木人民政府", Level.TOWN),
    ],
)
def test_the_level_is_told_by_the_name_or_unknown(name: str | None, expected: Level) -> None:
    assert level(name) is expected
