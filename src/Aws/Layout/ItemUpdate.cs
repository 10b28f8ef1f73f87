using Amazon.DynamoDBv2.Model;

namespace Jobs.Aws.Layout;

/// <summary>
/// Builds an UpdateItem in which attribute <c>x</c> is always <c>#x</c> and its value <c>:x</c>, so that no reserved
/// word matters.
/// </summary>
internal sealed class ItemUpdate
{
    private readonly List<string> _sets = [];
    private readonly List<string> _removes = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, AttributeValue> _values = [];

    public ItemUpdate Set(string name, AttributeValue value)
    {
        _sets.Add($"#{name} = :{name}");
        return Value(name, value);
    }

    public ItemUpdate Remove(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _names[$"#{name}"] = name;
            _removes.Add($"#{name}");
        }

        return this;
    }

    /// <summary>Declares a name and its value for the condition only.</summary>
    public ItemUpdate Value(string name, AttributeValue value)
    {
        _names[$"#{name}"] = name;
        _values[$":{name}"] = value;
        return this;
    }

    /// <summary>Declares a name for the condition only.</summary>
    public ItemUpdate Name(string name)
    {
        _names[$"#{name}"] = name;
        return this;
    }

    public UpdateItemRequest ToRequest(string table, string partition, string sort) => new()
    {
        TableName = table,
        Key = Items.Key(partition, sort),
        UpdateExpression = "SET " + string.Join(", ", _sets) +
            (_removes.Count == 0 ? "" : " REMOVE " + string.Join(", ", _removes)),
        ExpressionAttributeNames = _names,
        ExpressionAttributeValues = _values,
    };
}
