using System.Text;

namespace Jobs;

/// <summary>Content of an object; converts from a string and from bytes.</summary>
public sealed class TestObject(byte[] bytes)
{
    /// <summary>The content as it is stored.</summary>
    public byte[] Bytes => bytes;

    /// <summary>The content read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(bytes);

    /// <summary>Writes the text in UTF-8.</summary>
    public static implicit operator TestObject(string text) => FromString(text);

    /// <summary>Takes the bytes as they are.</summary>
    public static implicit operator TestObject(byte[] bytes) => FromByteArray(bytes);

    /// <summary>Writes the text in UTF-8.</summary>
    public static TestObject FromString(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes the bytes as they are.</summary>
    public static TestObject FromByteArray(byte[] bytes) => new(bytes);
}
