"""评分: rounds, sheets, saving, the meeting, history and minutes."""
