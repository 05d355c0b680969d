"""The 勾稽关系 of a form, applied to a report: findings, the cells that can explain them, and repairs."""
