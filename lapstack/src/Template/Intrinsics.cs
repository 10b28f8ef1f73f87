using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Ground;

namespace Lapstack.Template;

/// <summary>
/// CloudFormation's intrinsic functions over one template.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
/// </summary>
/// <param name="values">Null where no parameter of Parameter Store has a value.</param>
internal sealed class Intrinsics(
    JsonObject template, string stackName, Account account, IStoredParameters? values = null)
{
    private const string Stored = "AWS::SSM::Parameter::Value<";

    private readonly Dictionary<string, ResourceIdentity> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);

    /// <summary>From now on Ref and GetAtt find this resource.</summary>
    public void Add(string logicalId, ResourceIdentity identity) => _resources.Add(logicalId, identity);

    /// <summary>A copy with every function resolved; null for <c>AWS::NoValue</c>.</summary>
    /// <param name="where">For messages: logical id and path.</param>
    public JsonNode? Resolve(JsonNode? node, string where) => node switch
    {
        JsonObject { Count: 1 } function when IsFunction(function.First().Key) =>
            Call(function.First().Key, function.First().Value, where),
        JsonObject map => new JsonObject(
            from member in map
            let value = Resolve(member.Value, $"{where}.{member.Key}")
            where value is not null
            select KeyValuePair.Create(member.Key, (JsonNode?)value)),
        JsonArray array =>
            new JsonArray(
                [.. array.Select((item, i) => Resolve(item, $"{where}[{i}]")).Where(item => item is not null)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Resolves what must be text: numbers and booleans in JSON's spelling.</summary>
    public string Text(JsonNode? node, string where) => Resolve(node, where) switch
    {
        JsonValue value => value.ToString(),
        var other => throw Error(where, $"expected text, found {(other is null ? "nothing" : other.ToJsonString())}"),
    };

    /// <summary>Whether a condition of the template's Conditions section holds.</summary>
    public bool Condition(string name, string where)
    {
        if (_conditions.TryGetValue(name, out var known)) return known;
        var body = template["Conditions"]?[name] ?? throw Error(where, $"there is no condition '{name}'");
        return _conditions[name] = Truth(body, $"Conditions.{name}");
    }

    private static bool IsFunction(string key) =>
        key is "Ref" or "Condition" || key.StartsWith("Fn::", StringComparison.Ordinal);

    private JsonNode? Call(string function, JsonNode? argument, string where) => function switch
    {
        "Ref" => Ref((string)argument!, where),
        // "Condition" is a function only among conditions; in a policy statement it is a member with an object.
        "Condition" =>
            argument is JsonValue
                ? Condition((string)argument!, where)
                : new JsonObject { ["Condition"] = Resolve(argument, where) },
        "Fn::GetAtt" => GetAtt(argument, where),
        "Fn::Sub" => Substitute(argument, where),
        "Fn::Join" => string.Join(Text(argument![0], where), Items(argument[1], where).Select(i => i!.ToString())),
        "Fn::Select" => Select(argument!, where),
        "Fn::Split" =>
            new JsonArray([.. Text(argument![1], where).Split(Text(argument[0], where)).Select(p => (JsonNode)p)]),
        "Fn::If" => Resolve(argument![Condition((string)argument[0]!, where) ? 1 : 2], where),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" =>
            Truth(new JsonObject { [function] = argument?.DeepClone() }, where),
        "Fn::FindInMap" => FindInMap(argument!, where),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(argument, where))),
        "Fn::GetAZs" => new JsonArray([.. "abc".Select(zone => (JsonNode)$"{account.Region}{zone}")]),
        "Fn::Cidr" =>
            AddressBlocks.Split(
                Text(argument![0], where),
                int.Parse(Text(argument[1], where)),
                argument.AsArray().Count > 2 ? int.Parse(Text(argument[2], where)) : 8),
        "Fn::ImportValue" =>
            throw Error(
                where,
                "Fn::ImportValue needs another deployed stack, which does not exist locally. Pass the value through " +
                "a prop or a parameter"),
        _ => throw Error(where, $"the function {function} is not supported locally"),
    };

    private JsonNode? Ref(string name, string where)
    {
        if (_resources.TryGetValue(name, out var resource)) return resource.Ref;
        if (template["Parameters"]?[name] is JsonObject parameter) return Parameter(name, parameter);
        return name switch
        {
            "AWS::AccountId" => account.Id,
            "AWS::Region" => account.Region,
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::StackName" => stackName,
            "AWS::StackId" => account.Arn("cloudformation", $"stack/{stackName}/local"),
            "AWS::NotificationARNs" => new JsonArray(),
            "AWS::NoValue" => null,
            _ => throw Error(where, $"Ref to '{name}', which is neither a resource nor a parameter"),
        };
    }

    private JsonNode Parameter(string name, JsonObject parameter)
    {
        var value = (parameter["Default"] ?? throw new TemplateException(
            $"Parameter '{name}' has no default, and the emulator passes none. Give it a default in the CDK app."))
            .ToString();
        var type = (string?)parameter["Type"] ?? "";
        if (type.StartsWith(Stored, StringComparison.Ordinal))
        {
            value = values?.ValueOf(value) ?? value;
            type = type[Stored.Length..^1];
        }

        return type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)
            ? new JsonArray([.. value.Split(',').Select(v => (JsonNode)v.Trim())])
            : value;
    }

    private JsonNode GetAtt(JsonNode? argument, string where)
    {
        var parts = argument is JsonArray array
            ? [.. array.Select(a => Text(a, where))]
            : ((string)argument!).Split('.', 2);
        if (!_resources.TryGetValue(parts[0], out var resource))
        {
            throw Error(where, $"Fn::GetAtt of '{parts[0]}', which is not a resource");
        }

        if (resource.Attributes.TryGetValue(parts[1], out var value)) return value.DeepClone();
        throw Error(
            where,
            $"'{parts[0]}' has no attribute '{parts[1]}' locally (known: {string.Join(", ", resource.Attributes.Keys)})");
    }

    private JsonNode Substitute(JsonNode? argument, string where)
    {
        var map = argument is JsonArray { Count: 2 } pair ? pair[1] as JsonObject : null;
        var text = (string)(argument is JsonArray array ? array[0] : argument)!;
        var replaced = References.SubToken().Replace(text, match =>
        {
            var token = match.Value[2..^1].Trim();
            if (map?[token] is { } given) return Text(given, where);
            var dot = token.IndexOf('.', StringComparison.Ordinal);
            return dot < 0
                ? Ref(token, where)?.ToString() ?? ""
                : GetAtt(new JsonArray(token[..dot], token[(dot + 1)..]), where).ToString();
        });
        return replaced.Replace("${!", "${", StringComparison.Ordinal);
    }

    private JsonNode? Select(JsonNode argument, string where)
    {
        var index = int.Parse(Text(argument[0], where));
        var items = Items(argument[1], where);
        if (index >= 0 && index < items.Count) return items[index]?.DeepClone();
        throw Error(where, $"Fn::Select asks for item {index} of a list of {items.Count}");
    }

    private JsonNode FindInMap(JsonNode argument, string where)
    {
        var keys = argument.AsArray().Take(3).Select(k => Text(k, where)).ToArray();
        return template["Mappings"]?[keys[0]]?[keys[1]]?[keys[2]]?.DeepClone()
            ?? throw Error(where, $"Mappings has no {string.Join(" / ", keys)}");
    }

    private JsonArray Items(JsonNode? node, string where) =>
        Resolve(node, where) as JsonArray ?? throw Error(where, "expected a list");

    private bool Truth(JsonNode? node, string where)
    {
        if (node is not JsonObject { Count: 1 } function) throw Error(where, "a condition is one function");
        var (name, argument) = function.First();
        return name switch
        {
            "Condition" => Condition((string)argument!, where),
            "Fn::Equals" => Text(argument![0], where) == Text(argument[1], where),
            "Fn::Not" => !Truth(argument![0], where),
            "Fn::And" => argument!.AsArray().All(a => Truth(a, where)),
            "Fn::Or" => argument!.AsArray().Any(a => Truth(a, where)),
            _ => throw Error(where, $"{name} is not a condition function"),
        };
    }

    private static TemplateException Error(string where, string what) => new($"{where}: {what}.");
}
