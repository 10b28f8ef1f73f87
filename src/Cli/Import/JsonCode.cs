using System.Globalization;

namespace Jobs.Cli.Import;

/// <summary>Any YAML as code of the JSON it stands for.</summary>
internal static class JsonCode
{
    public static string Of(ManifestNode node)
    {
        if (node.IsMap)
        {
            return node.Members.Count == 0
                ? "new Dictionary<string, object>()"
                : $"new Dictionary<string, object> {{ {string.Join(", ", node.Members.Select(
                    member => $"[{CSharp.Text(member.Key)}] = {Of(member.Value)}"))} }}";
        }

        if (node.IsList) return $"new object[] {{ {string.Join(", ", node.Items.Select(Of))} }}";
        if (node.Scalar is null)
        {
            node.Map();
            return "null!";
        }

        var text = node.Text();
        if (node.IsQuoted) return CSharp.Text(text);
        if (node.IsFlag) return node.Scalar[0] is 't' or 'T' ? "true" : "false";
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
                ? CSharp.Number(number)
                : CSharp.Text(text);
    }
}
