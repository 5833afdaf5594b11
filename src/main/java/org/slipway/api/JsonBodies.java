package org.slipway.api;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Guards the reading of JSON: a body must be there, and must not fill the memory. */
@Provider
public class JsonBodies implements ReaderInterceptor {
  static final long MOST_BYTES = 4L << 20;

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (context.getType() == InputStream.class) {
      return context.proceed();
    }
    context.setInputStream(new Bounded(context.getInputStream()));
    Object body = context.proceed();
    if (body == null) {
      throw new BrokenRequestException(400, "The body must be a JSON object");
    }
    return body;
  }

  private static final class Bounded extends FilterInputStream {
    private long left = MOST_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      return counted(n, n);
    }

    private int counted(int result, int n) {
      left -= Math.max(0, result < 0 ? 0 : n);
      if (left < 0) {
        throw new BrokenRequestException(413, "The body is larger than 4 MiB");
      }
      return result;
    }
  }
}
