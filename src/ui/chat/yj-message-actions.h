/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-message-card.h"

G_BEGIN_DECLS

/* Installs what can be done with a message, message.*, on the class of YjMessageCard. */
void yj_message_actions_install (GtkWidgetClass *card_class);

/* Has a card of a message that was being edited go on with that once it is in a window. */
void yj_message_actions_restore (YjMessageCard  *card);

G_END_DECLS
