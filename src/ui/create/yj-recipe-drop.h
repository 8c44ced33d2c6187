/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-attacher.h"

G_BEGIN_DECLS

/* Recipes that come to @attacher become drafts in the window of @widget, which must outlive the attacher. */
void yj_recipe_drop_connect (GtkWidget  *widget,
                             YjAttacher *attacher);

G_END_DECLS
