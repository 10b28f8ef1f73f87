using System;
using System.Collections.Generic;
using System.Linq;

namespace AwsClients.SourceGenerator;

/// <summary>
/// A service as its description tells it. Each statement is a word and what it is about; an indented line goes on with
/// the one before, and <c>#</c> begins a comment. Members are written as on the wire, <c>name:type</c>, of type string
/// when nothing else is said; <c>T[]</c> is a list and <c>T{}</c> a map by names. An error is written without
/// "Exception", with <c>:code</c> when the service calls it something else; <c>*</c> stands for every operation.
/// </summary>
internal sealed class Api
{
    private readonly List<Shape> _shapes = [];
    private readonly List<Error> _errors = [];

    public string Service { get; private set; } = "";

    /// <summary>As AWS's own configuration names it, <c>AWS_ENDPOINT_URL_*</c> for one.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The first part of its host, and what is signed for.</summary>
    public string Endpoint { get; private set; } = "";

    public string Version { get; private set; } = "";

    /// <summary>
    /// Before an operation in <c>X-Amz-Target</c>; a service without it speaks Query, not AWS JSON 1.1.
    /// </summary>
    public string? Target { get; private set; }

    public bool IsJson => Target is not null;

    public List<string> Operations { get; } = [];

    public IReadOnlyList<Shape> Shapes => _shapes;

    public IReadOnlyList<Error> Errors => _errors;

    public Dictionary<string, List<string>> Constants { get; } = [];

    public string Namespace => "Amazon." + Service;

    public static Api Parse(string text)
    {
        var api = new Api();
        foreach (var words in Statements(text)) api.Take(words[0], words[1], words.Skip(2).ToList());
        return api;
    }

    public bool HasShape(string name) => _shapes.Exists(shape => shape.Name == name);

    private static List<List<string>> Statements(string text)
    {
        var statements = new List<List<string>>();
        var lines = text.Split('\n').Where(line => line.Trim().Length > 0 && line[0] != '#');
        foreach (var line in lines)
        {
            if (line[0] != ' ') statements.Add([]);
            statements[statements.Count - 1].AddRange(line.Trim().Split(' '));
        }
        return statements;
    }

    private void Take(string word, string name, List<string> rest)
    {
        switch (word)
        {
            case "service": Service = name; break;
            case "id": Id = string.Join(" ", rest.Prepend(name)); break;
            case "endpoint": Endpoint = name; break;
            case "version": Version = name; break;
            case "target": Target = name; break;
            case "request":
                Operations.Add(name);
                _shapes.Add(new(name + "Request", $"Amazon{Service}Request", rest));
                break;
            case "response": _shapes.Add(new(name + "Response", "AmazonWebServiceResponse", rest)); break;
            case "shape": _shapes.Add(new(name, null, rest)); break;
            case "constructor":
                var shape = _shapes.Single(shape => shape.Name == name);
                shape.Constructors.Add(rest.ConvertAll(set => shape.Members.Single(member => member.Wire == set)));
                break;
            case "constants": Constants.Add(name, rest); break;
            case "errors": rest.ForEach(error => Named(error).Operations.Add(name)); break;
            case "error": Named(name).Members.AddRange(rest.Select(member => new Member(member))); break;
            default: throw new FormatException($"A description has no statement '{word}'.");
        }
    }

    private Error Named(string text)
    {
        var error = new Error(text, IsJson);
        if (_errors.Find(known => known.Name == error.Name) is { } same) return same;
        _errors.Add(error);
        return error;
    }
}
