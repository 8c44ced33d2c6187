/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts and queries as the full-text index takes them. Private to the library. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  yj_search_stands_alone (gunichar    c);
char     *yj_search_index        (const char *text);
GStrv     yj_search_words        (const char *query);
char     *yj_search_phrase       (const char *word);

G_END_DECLS
