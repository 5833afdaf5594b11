package org.slipway.web;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ELResolver;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/**
 * Lets pages name the components of records as properties; an {@link Optional} is what it holds, or
 * null. Named in faces-config.xml.
 */
public final class RecordProperties extends ELResolver {
  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    if (base instanceof Record && property instanceof String name) {
      for (RecordComponent component : base.getClass().getRecordComponents()) {
        if (component.getName().equals(name)) {
          context.setPropertyResolved(base, property);
          return read(base, component);
        }
      }
    }
    return null;
  }

  private static Object read(Object base, RecordComponent component) {
    try {
      Object value = component.getAccessor().invoke(base);
      return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    } catch (ReflectiveOperationException e) {
      throw new ELException(e);
    }
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    if (base instanceof Record) {
      context.setPropertyResolved(base, property);
    }
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return base instanceof Record ? String.class : null;
  }
}
