/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-transport.h"

G_BEGIN_DECLS

/* Shows a player to the desktop, as media keys and the shell's panel know players (MPRIS 2), for as long as it lives, and
   keeps the screen on while a video plays. */
#define YJ_TYPE_MPRIS (yj_mpris_get_type ())
G_DECLARE_FINAL_TYPE (YjMpris, yj_mpris, YJ, MPRIS, GObject)

YjMpris *yj_mpris_new (YjTransport *player,
                       const char  *title,
                       GFile       *cover,
                       GtkWindow   *window);

G_END_DECLS
