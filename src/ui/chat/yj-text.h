/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A full stop of a shorthand for Chinook: punctuation that no answer holds, so it can serve as a mark within texts. */
#define YJ_TEXT_STOP 0x1bc9f

gunichar    yj_text_neutral_char (gunichar    c);
gsize       yj_text_neutralise   (GString    *target,
                                  const char *text,
                                  gsize       length,
                                  gboolean    last);
gboolean    yj_text_is_han       (gunichar    c);
gboolean    yj_text_is_cjk       (gunichar    c);
gboolean    yj_text_has_han      (const char *text);
gboolean    yj_text_has_kana     (const char *text);
const char *yj_text_get_language (const char *text);

G_END_DECLS
