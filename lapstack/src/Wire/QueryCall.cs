using System.Xml.Linq;
using Lapstack.Access;

namespace Lapstack.Wire;

/// <summary>One call of a Query operation.</summary>
/// <param name="Fields">The form's fields, such as <c>MessageAttributes.entry.1.Name</c>.</param>
public sealed record QueryCall(
    string Name, IReadOnlyDictionary<string, string> Fields, WireRequest Request, string XmlNamespace)
{
    /// <summary>The field's value, null when absent.</summary>
    public string? Field(string name) => Fields.GetValueOrDefault(name);

    /// <summary>
    /// The operation that answers <c>&lt;NameResponse&gt;&lt;NameResult&gt;…</c>. The elements need no namespace; they
    /// get the service's.
    /// </summary>
    public Operation Answer(
        IReadOnlyList<AccessRequest> access, Func<CancellationToken, Task<IEnumerable<XElement>>> execute) => new(
        Name,
        access,
        async cancellation => Render(await execute(cancellation)));

    private WireResponse Render(IEnumerable<XElement> result)
    {
        XNamespace ns = XmlNamespace;
        var content = result.ToList();
        foreach (var element in content.SelectMany(e => e.DescendantsAndSelf()))
            if (element.Name.Namespace == XNamespace.None) element.Name = ns + element.Name.LocalName;
        return WireResponse.Xml(new XElement(
            ns + $"{Name}Response",
            new XElement(ns + $"{Name}Result", content),
            new XElement(ns + "ResponseMetadata", new XElement(ns + "RequestId", Request.RequestId))));
    }
}
