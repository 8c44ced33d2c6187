/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-transport.h"

G_BEGIN_DECLS

/* What a person does with a player of one clip or of several, as a group of actions that its page has by the name "player":
   "toggle", "step" (i), "seek-by" (i, ms), "first", "last", "louder" (i, %), "loop", "mute", "speed" (i, steps of the menu;
   0: that of the clip), "rate" (s, stateful), "mark" (s: a, b, none), "fullscreen", and "leave-fullscreen" as long as it is. */

extern const char * const yj_player_rates[];

GActionGroup *yj_player_actions_new        (YjTransport    *player,
                                            GtkWidget      *controls);
void          yj_player_actions_fullscreen (GActionGroup   *actions,
                                            gboolean        fullscreen);
void          yj_player_actions_add_keys   (GtkWidgetClass *widget_class);

G_END_DECLS
