/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "yj-fix.h"
#include "yj-sniff.h"

G_BEGIN_DECLS

#define YJ_FIX_OUTPUT 3                         /* the file descriptor of the new file */
#define YJ_FIX_MAX_OUTPUT (G_GUINT64_CONSTANT (2) << 30)
#define YJ_FIX_SECONDS 3600

/* These end the process with an answer. */
void yj_fix_still   (GdkPixbuf       *pixbuf,
                     GBytes          *profile,
                     const YjFixPlan *plan) G_GNUC_NORETURN;
void yj_fix_clip    (const YjSniff   *sniff,
                     guint            seconds,
                     const YjFixPlan *plan) G_GNUC_NORETURN;
void yj_fix_say     (double           fraction);
void yj_fix_done    (void) G_GNUC_NORETURN;

G_END_DECLS
