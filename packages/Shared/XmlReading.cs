using Amazon.Runtime.Internal.Transform;

namespace Amazon.Runtime.StandIn;

/// <summary>
/// As <see cref="JsonReading"/>, for XML: each method starts on an element. What is missing stays null.
/// </summary>
internal static class XmlReading
{
    /// <summary>
    /// Moves to the next element in the one at this depth, past what is in those before; false at its end.
    /// </summary>
    public static bool NextMember(this XmlUnmarshallerContext xml, int depth, out string name)
    {
        while (xml.ReadAtDepth(depth))
        {
            if (!xml.IsStartElement || xml.CurrentDepth != depth + 1) continue;
            name = xml.CurrentPath[(xml.CurrentPath.LastIndexOf('/') + 1)..];
            return true;
        }
        name = null;
        return false;
    }

    public static string Text(this XmlUnmarshallerContext xml) =>
        StringUnmarshaller.GetInstance().Unmarshall(xml);

    public static DateTime? Time(this XmlUnmarshallerContext xml) =>
        NullableDateTimeUnmarshaller.Instance.Unmarshall(xml);

    public static T Constant<T>(this XmlUnmarshallerContext xml, Func<string, T> create)
        where T : ConstantClass => create(xml.Text());

    public static List<T> List<T>(this XmlUnmarshallerContext xml, Func<XmlUnmarshallerContext, T> read)
    {
        List<T> list = null;
        for (var depth = xml.CurrentDepth; xml.NextMember(depth, out _);) (list ??= []).Add(read(xml));
        return list;
    }
}
