/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "yj-attachment.h"

G_BEGIN_DECLS

#define YJ_TYPE_ATTACHMENT_STRIP (yj_attachment_strip_get_type ())
G_DECLARE_FINAL_TYPE (YjAttachmentStrip, yj_attachment_strip, YJ, ATTACHMENT_STRIP, GtkWidget)

GtkWidget *yj_attachment_strip_new       (GListModel        *model);
void       yj_attachment_strip_set_model (YjAttachmentStrip *self,
                                          GListModel        *model);

G_END_DECLS
