/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-html.h"

#include <string.h>

/**
 * yj_html_append:
 * @target: the HTML so far
 * @text: UTF-8 from outside
 * @length: how many bytes of it; -1: all
 * @breaks: whether ends of lines are to be seen
 *
 * Appends a text, so that nothing in it is taken for HTML, within elements and within quoted attributes.
 */
void
yj_html_append (GString    *target,
                const char *text,
                gssize      length,
                gboolean    breaks)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);

  for (const char *p = text; p < end; p++)
    switch (*p)
      {
      case '&':
        g_string_append (target, "&amp;");
        break;
      case '<':
        g_string_append (target, "&lt;");
        break;
      case '>':
        g_string_append (target, "&gt;");
        break;
      case '"':
        g_string_append (target, "&quot;");
        break;
      case '\n':
        g_string_append (target, breaks ? "<br>\n" : "\n");
        break;
      default:
        /* HTML has no other control characters. */
        if ((guchar) *p >= 0x20 || *p == '\t')
          g_string_append_c (target, *p);
      }
}
