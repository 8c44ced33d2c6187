/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where words stand in a text, as a person reads them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _YjMatch YjMatch;

YjMatch  *yj_match_new     (const char *words);
void      yj_match_free    (YjMatch    *self);
gboolean  yj_match_next    (YjMatch    *self,
                            const char *text,
                            gsize       from,
                            gsize      *start,
                            gsize      *end);
guint     yj_match_count   (YjMatch    *self,
                            const char *text);
gboolean  yj_match_may_be  (YjMatch    *self,
                            const char *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMatch, yj_match_free)

G_END_DECLS
