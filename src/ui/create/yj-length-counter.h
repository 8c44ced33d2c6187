/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* The number that counts of a text and what it may be, in a label: “120 / 2500”. @length: NULL hides it. */
void yj_length_counter_show (GtkLabel             *label,
                             const YjPromptLength *length);

G_END_DECLS
