"""常规题 and 年初集中领题: topics that come round by themselves, and those a year begins with."""
