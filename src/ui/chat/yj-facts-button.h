/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-conversation.h"

G_BEGIN_DECLS

#define YJ_TYPE_FACTS_BUTTON (yj_facts_button_get_type ())
G_DECLARE_FINAL_TYPE (YjFactsButton, yj_facts_button, YJ, FACTS_BUTTON, GtkWidget)

void yj_facts_button_set_message (YjFactsButton *self,
                                  YjMessage     *message);
void yj_facts_button_update      (YjFactsButton *self);

G_END_DECLS
