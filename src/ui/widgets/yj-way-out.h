/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes @button what has to be done before it makes sense to try again: enter a key, top up. @code: a YjError, or -1;
   FALSE: there is nothing of the kind, and the button is left alone. */
gboolean yj_way_out_set (GtkButton *button,
                         int        code);

G_END_DECLS
