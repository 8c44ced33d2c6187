/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations out to files and in again. @widget stands in the window that asks. */
#pragma once

#include "yj-conversation-actions.h"
#include "yj-export.h"

G_BEGIN_DECLS

void yj_conversation_export (GtkWidget          *widget,
                             YjLibrary          *library,
                             YjConversation     *conversation,
                             YjExportFormat      format);
/* @imported is called when it is there. */
void yj_conversation_import (GtkWidget          *widget,
                             YjLibrary          *library,
                             YjConversationFunc  imported);

G_END_DECLS
