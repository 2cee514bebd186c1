# SPDX-License-Identifier: GPL-3.0-or-later
.PHONY: run test

run:
	@src/run

test:
	@tests/run
