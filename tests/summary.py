#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""summary.py JUNIT.xml: prints what was skipped and why, what failed, and one closing line."""
import re
import sys
import xml.etree.ElementTree as ET



def said_of(suite, name):
    """What a test program printed since the test before, at most the end of it."""
    lines = (suite.findtext('system-out') or '').splitlines()
    ends = [i for i, line in enumerate(lines) if line.startswith(f'not ok {name.split()[0]}')]
    if not ends:
        return lines[-20:]
    begin = max((i + 1 for i in range(ends[0]) if re.match(r'(not )?ok ', lines[i])), default=0)
    return [line[:400] for line in lines[begin:ends[0]] if '-DEBUG: ' not in line][:60]


passed, failed, skipped = 0, [], []
for suite in ET.parse(sys.argv[1]).getroot().iter('testsuite'):
    for case in suite.iter('testcase'):
        name = f"{suite.get('name')}: {case.get('name')}"
        if case.find('skipped') is not None:
            skipped.append((name, case.find('skipped').get('message') or ''))
        elif case.find('failure') is not None or case.find('error') is not None:
            failed.append((name, said_of(suite, case.get('name'))))
        else:
            passed += 1
for name, why in skipped:
    print(f'skipped: {name} {why}')
for name, said in failed:
    print(f'FAILED: {name}')
    for line in said:
        print(f'    {line}')
print(f'{passed} passed, {len(failed)} failed, {len(skipped)} skipped')
sys.exit(1 if failed or not passed else 0)
