/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-conversation.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;                   /* translated, to be shown before it */
  char *value;
} YjFact;

char      *yj_message_facts_dup  (YjMessage *message);
GPtrArray *yj_message_facts_list (YjMessage *message);

G_END_DECLS
