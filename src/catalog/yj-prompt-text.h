/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A prompt in the form in which it is kept: text with mentions in it. A mention is the identity of a file, and the name
   that it had when it was mentioned, between three characters that Unicode has for such annotations and that nobody
   types. */

/* One piece of it: text (id and name are NULL), or a mention. Not terminated: length in bytes. */
typedef struct
{
  const char *text;
  gsize       length;
  char       *id;
  char       *name;
} YjPromptPiece;

/* Pieces in their order; there is no empty text between. */
GPtrArray *yj_prompt_text_split        (const char *source);
char      *yj_prompt_text_mention      (const char *id,
                                        const char *name);
gboolean   yj_prompt_text_has_mentions (const char *source);
/* Any text from outside: without the three characters. */
char      *yj_prompt_text_from_plain   (const char *text);
/* For people and other programs: a mention is “@name”. */
char      *yj_prompt_text_to_plain     (const char *source);
/* Whether it is written in Chinese; without words of either kind: whether the desktop is. */
gboolean   yj_prompt_text_is_chinese   (const char *source);
/* Whether a mention behind that character would run into it, so that a space belongs between. */
gboolean   yj_prompt_text_runs_on      (gunichar    before);

G_END_DECLS
