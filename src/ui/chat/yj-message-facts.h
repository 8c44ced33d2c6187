/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-conversation.h"

G_BEGIN_DECLS

char *yj_message_facts_dup (YjMessage *message);

G_END_DECLS
