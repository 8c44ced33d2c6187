#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py JUNIT.xml: prints what was skipped and why, what failed, and one closing line."""
import sys
import xml.etree.ElementTree as ET

passed, failed, skipped = 0, [], []
for suite in ET.parse(sys.argv[1]).getroot().iter('testsuite'):
    for case in suite.iter('testcase'):
        name = f"{suite.get('name')}: {case.get('name')}"
        if case.find('skipped') is not None:
            skipped.append((name, case.find('skipped').get('message') or ''))
        elif case.find('failure') is not None or case.find('error') is not None:
            failed.append(name)
        else:
            passed += 1
for name, why in skipped:
    print(f'skipped: {name} {why}')
for name in failed:
    print(f'FAILED: {name}')
print(f'{passed} passed, {len(failed)} failed, {len(skipped)} skipped')
sys.exit(1 if failed or not passed else 0)
