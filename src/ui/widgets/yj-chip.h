/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YJ_TYPE_CHIP (yj_chip_get_type ())
G_DECLARE_FINAL_TYPE (YjChip, yj_chip, YJ, CHIP, GtkWidget)

GtkWidget *yj_chip_new        (const char *icon_name,
                               const char *label,
                               const char *detail);
void       yj_chip_set_label  (YjChip     *self,
                               const char *label);

G_END_DECLS
