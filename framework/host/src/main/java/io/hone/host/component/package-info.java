/** Components as the framework knows them: descriptors, parameters and the registry. */
package io.hone.host.component;
