/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-library.h"

G_BEGIN_DECLS

/* The questions that wait, as chips that can be changed, moved and taken away; hidden while there are none. */
#define YJ_TYPE_WAITING_LINE (yj_waiting_line_get_type ())
G_DECLARE_FINAL_TYPE (YjWaitingLine, yj_waiting_line, YJ, WAITING_LINE, GtkWidget)

void yj_waiting_line_set_conversation (YjWaitingLine  *self,
                                       YjLibrary      *library,
                                       YjConversation *conversation);

G_END_DECLS
