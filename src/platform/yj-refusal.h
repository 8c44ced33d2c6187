/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-error.h"
#include "yj-json.h"

G_BEGIN_DECLS

char    *yj_refusal_dup_plain   (const char *text,
                                 gssize      length);
char    *yj_refusal_dup_message (YjJson      object);
GError  *yj_refusal_new         (guint       status,
                                 const char *body,
                                 gsize       length);
GError  *yj_refusal_new_in_band (const char *message);
gboolean yj_refusal_is_no_task  (const char *message);

G_END_DECLS
