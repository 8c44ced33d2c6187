/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-attachment.h"

G_BEGIN_DECLS

#define YJ_TYPE_ATTACHMENT_DIALOG (yj_attachment_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjAttachmentDialog, yj_attachment_dialog, YJ, ATTACHMENT_DIALOG, AdwDialog)

YjAttachmentDialog *yj_attachment_dialog_new (YjAttachment *attachment,
                                              gboolean      editable);

G_END_DECLS
