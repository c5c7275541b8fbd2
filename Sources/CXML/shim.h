// libxml2's push parser with SAX2 call-backs: no tree, so memory stays bounded whatever the document holds.
#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
