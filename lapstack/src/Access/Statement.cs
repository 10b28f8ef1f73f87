using System.Text.Json.Nodes;

namespace Lapstack.Access;

/// <summary>
/// One statement of a policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
/// </summary>
public sealed class Statement
{
    private readonly bool _variables;
    private readonly string[]? _actions;
    private readonly string[]? _notActions;
    private readonly string[]? _resources;
    private readonly string[]? _notResources;
    private readonly Principals? _principals;
    private readonly Condition[] _conditions;

    private Statement(JsonObject json, bool variables)
    {
        Sid = (string?)json[nameof(Sid)];
        Denies = (string?)json["Effect"] switch
        {
            "Allow" => false,
            "Deny" => true,
            var other => throw new FormatException($"A statement's Effect is Allow or Deny, not '{other}'."),
        };
        _variables = variables;
        _actions = Texts(json["Action"]);
        _notActions = Texts(json["NotAction"]);
        _resources = Texts(json["Resource"]);
        _notResources = Texts(json["NotResource"]);
        _principals = Principals.Parse(json);
        _conditions = [.. Condition.ParseAll(json["Condition"])];
        if (_actions is null && _notActions is null)
        {
            throw new FormatException("A statement needs Action or NotAction.");
        }
    }

    public string? Sid { get; }

    public bool Denies { get; }

    internal static Statement Parse(JsonObject json, bool variables) => new(json, variables);

    internal static string[]? Texts(JsonNode? node) => node switch
    {
        null => null,
        JsonArray many => [.. many.Select(v => v!.ToString())],
        _ => [node.ToString()],
    };

    /// <summary>
    /// How far the statement speaks about this caller: not at all, to its whole account, or to itself. Always itself
    /// without a Principal.
    /// </summary>
    internal PrincipalMatch MatchPrincipal(Caller caller) => _principals?.Match(caller) ?? PrincipalMatch.Itself;

    internal bool MatchesAction(string action) => _actions is not null
        ? _actions.Any(a => Glob.Matches(a, action, ignoreCase: true))
        : !_notActions!.Any(a => Glob.Matches(a, action, ignoreCase: true));

    internal bool MatchesResource(string resource, RequestContext context)
    {
        bool Matches(string pattern) =>
            PolicyVariables.Expand(pattern, context, _variables) is { } expanded && Glob.MatchesArn(expanded, resource);
        if (_resources is not null) return _resources.Any(Matches);
        return _notResources is null || !_notResources.Any(Matches);
    }

    internal bool MatchesConditions(RequestContext context) => _conditions.All(c => c.Holds(context, _variables));

    internal bool Matches(AccessRequest request, RequestContext context) =>
        MatchesAction(request.Action) && MatchesResource(request.Resource, context) && MatchesConditions(context);
}
