/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-library.h"
#include "yj-trash-dialog.h"

G_BEGIN_DECLS

/* The conversations in the trash. */
YjTrashDialog *yj_conversation_trash_new (YjLibrary *library);

G_END_DECLS
