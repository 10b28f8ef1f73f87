using System.Text;

namespace Jobs.Testing;

/// <summary>Content of an object; converts from a string and from bytes.</summary>
public sealed class TestObject(byte[] bytes)
{
    public byte[] Bytes => bytes;

    /// <summary>The content read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(bytes);

    public static implicit operator TestObject(string text) => FromString(text);

    public static implicit operator TestObject(byte[] bytes) => FromByteArray(bytes);

    public static TestObject FromString(string text) => new(Encoding.UTF8.GetBytes(text));

    public static TestObject FromByteArray(byte[] bytes) => new(bytes);
}
