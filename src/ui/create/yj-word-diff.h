/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place where two prompts are the same, or one where they are not. Each is a prompt with its mentions. */
typedef struct
{
  char *before;                 /* "" when something was only added */
  char *after;                  /* "" when something was only removed */
} YjWordChange;

/* From @before to @after, by words, and by characters where words have no spaces; of YjWordChange, in order. */
GPtrArray *yj_word_diff (const char *before,
                         const char *after);

G_END_DECLS
