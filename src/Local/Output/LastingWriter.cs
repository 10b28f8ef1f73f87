using System.Text;

namespace Jobs.Local.Output;

/// <summary>
/// Writes as far as it can: a full disk or a reader that went away costs text, and never ends the stack.
/// </summary>
internal sealed class LastingWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // There is no other place to say so.
        }
    }
}
