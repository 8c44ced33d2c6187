/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-conversation.h"

G_BEGIN_DECLS

/* What can be done with a message: a button for what is wanted most, and a menu of all. */
#define YJ_TYPE_MESSAGE_TOOLS (yj_message_tools_get_type ())
G_DECLARE_FINAL_TYPE (YjMessageTools, yj_message_tools, YJ, MESSAGE_TOOLS, GtkWidget)

void yj_message_tools_set_message (YjMessageTools *self,
                                   YjMessage      *message);

G_END_DECLS
