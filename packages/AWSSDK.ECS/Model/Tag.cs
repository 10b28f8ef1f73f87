namespace Amazon.ECS.Model;

public class Tag
{
    public string Key { get; set; }

    public string Value { get; set; }
}

public class KeyValuePair
{
    public string Name { get; set; }

    public string Value { get; set; }
}
