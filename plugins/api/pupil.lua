---@meta
-- For editors (LuaLS): what the functions given to `test` and `compute` see. Never run.

---The pupil, read-only. Reading a fact that the record does not state makes the result unknown and says which: no nil checks are needed.
---@class Pupil
local Pupil = {}

---A fact. With a default, what to take where the record does not state it.
---@param path string
---@param default? any
---@return any
function Pupil:get(path, default) end

---The entries of a list, each read as `entry.score`.
---@param path string
---@return table<string, any>[]
function Pupil:list(path) end

---A single value among the parameters in force.
---@param name string
---@return any
function Pupil:param(name) end

---The day for which the pupil is checked.
---@return Date
function Pupil:as_of() end
