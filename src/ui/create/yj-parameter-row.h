/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "yj-draft.h"

G_BEGIN_DECLS

/* One setting of a model: the right control for it, what its value does, and what is wrong with it. */
typedef struct _YjParameterRow YjParameterRow;

/* The person set the parameter of that wire name; @value NULL: back to the default. */
typedef void (*YjParameterRowFunc) (const char *name,
                                    const char *value,
                                    gpointer    user_data);

/* @set is called for changes by the widgets too: while a value is shown, the caller passes them over. */
YjParameterRow *yj_parameter_row_new           (YjModel             *model,
                                                YjParameter         *parameter,
                                                YjParameterRowFunc   set,
                                                gpointer             user_data);
/* Not before its widgets are gone. */
void            yj_parameter_row_free          (YjParameterRow      *self);
const char     *yj_parameter_row_get_name      (YjParameterRow      *self);
void            yj_parameter_row_add_to        (YjParameterRow      *self,
                                                AdwPreferencesGroup *group);
void            yj_parameter_row_show          (YjParameterRow      *self,
                                                const char          *value);
void            yj_parameter_row_show_problems (YjParameterRow      *self,
                                                GPtrArray           *problems);

G_END_DECLS
