/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YJ_JOIN_INPUTS 4        /* the first descriptor of the parts behind the first one, which is standard input */

void yj_join_load  (void);
void yj_join_clips (guint n_parts) G_GNUC_NORETURN;

G_END_DECLS
