/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-transport.h"

G_BEGIN_DECLS

/* The bar along a clip: a slider, the marks of what is played over and over, and pictures below the pointer. Property
   "player" (YjTransport). */
#define YJ_TYPE_SEEK_BAR (yj_seek_bar_get_type ())
G_DECLARE_FINAL_TYPE (YjSeekBar, yj_seek_bar, YJ, SEEK_BAR, GtkWidget)

char *yj_seek_bar_dup_time_code (gint64 time);

G_END_DECLS
