"""合并 and 拆分: two topics become one, one becomes two, and what hangs together stays linked."""
