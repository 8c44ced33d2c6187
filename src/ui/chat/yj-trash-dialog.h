/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-library.h"

G_BEGIN_DECLS

/* The conversations in the trash. Signal "restored" (YjConversation): a person took one out. */
#define YJ_TYPE_TRASH_DIALOG (yj_trash_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YjTrashDialog, yj_trash_dialog, YJ, TRASH_DIALOG, AdwDialog)

YjTrashDialog *yj_trash_dialog_new (YjLibrary *library);

G_END_DECLS
