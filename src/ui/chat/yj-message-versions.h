/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-conversation.h"

G_BEGIN_DECLS

/* Which of its versions a message is, with buttons to the others; hidden when it is the only one. */
#define YJ_TYPE_MESSAGE_VERSIONS (yj_message_versions_get_type ())
G_DECLARE_FINAL_TYPE (YjMessageVersions, yj_message_versions, YJ, MESSAGE_VERSIONS, GtkWidget)

void yj_message_versions_set_message (YjMessageVersions *self,
                                      YjMessage         *message);

G_END_DECLS
